/** A place to go and the words that say so. Every text of the kit comes in like this: ui holds none of its own. */
export interface LinkItem {
  href: string;
  text: string;
}
