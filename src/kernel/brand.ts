declare const brand: unique symbol;
/** A string or number that only its maker may produce, so that one kind of id cannot stand in for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
