/** Given names and surnames as they are common in Mexico, among them Nahua, Maya, Mixtec, Zapotec and Purépecha ones. Put together by dice. */
export const WOMEN = words(`
  Guadalupe|María Guadalupe|Juana|Margarita|Verónica|Rosa María|Leticia|Alejandra|Gabriela|Yolanda|Silvia|Adriana|Patricia|Fernanda|Ximena|Valeria
  Regina|Renata|Camila|Sofía|Daniela|Esperanza|Socorro|Consuelo|Irma|Norma|Araceli|Maribel|Yesenia|Brenda|Karla|Perla|Lourdes|Ma. del Carmen
  Citlali|Xóchitl|Quetzalli|Nayeli|Yaretzi|Tonantzin|Metztli|Itzel|Ixchel|Nicté|Sac Nicté|Yatziri|Itandehui|Nadxielii|Erandi|Tzitziki|Eréndira`);

export const MEN = words(`
  José|Juan|José Luis|Miguel Ángel|Francisco|Jesús|Pedro|Alejandro|Manuel|Roberto|Fernando|Ricardo|Javier|Raúl|Arturo|Sergio|Efraín|Isidro
  Santiago|Mateo|Sebastián|Leonardo|Emiliano|Diego|Iker|Ángel Gabriel|Luis Fernando|Rogelio|Abundio|Crescencio|Fidel|Aurelio|J. Guadalupe
  Cuauhtémoc|Tonatiuh|Tenoch|Netzahualcóyotl|Tlacaelel|Canek|Balam|Yum Kaax|Dzahui|Cosijopí|Binigulaza|Tariácuri`);

export const SURNAMES = words(`
  Hernández|García|Martínez|López|González|Rodríguez|Pérez|Sánchez|Ramírez|Cruz|Flores|Gómez|Morales|Vázquez|Reyes|Jiménez|Torres|Díaz|Gutiérrez|Ruiz
  Mendoza|Aguilar|Ortiz|Castillo|Chávez|Juárez|Domínguez|Ibáñez|Muñoz|Peña|Zúñiga|Núñez|Cárdenas|Villaseñor|Ocampo|Arreola|de la Cruz|de los Santos|Montes de Oca
  Tecuapetla|Xicoténcatl|Cuautle|Coyotl|Tepepa|Tlapale|Xochihua|Tzompantzi|Quechol|Canul|Pech|Dzul|Chan|Uc|Ku|Poot|Tun|Ek’|Chuc|Balam
  Ñuucahue|Santiago|Bautista|Maldonado|Matus|Guie’xhuba|Cuiriz|Tsintsun|Huaroco|Équihua`);

export const FOREIGN_WOMEN = words("Emily|Hannah|Olivia|Nguyen Thi Lan|Priya|Chloé|Abigail|Grace");
export const FOREIGN_MEN = words("Michael|Ethan|Liam|Minh Tuan|Arjun|Étienne|Samuel|Noah");
export const FOREIGN_SURNAMES = words("Carter|O’Connor|Nguyen|Patel|Tremblay|Smith|Johnson|Kowalski|Haddad|Osei");

/** Names that colleagues see in the console. */
export const STAFF_NAMES = words(
  "Amalia Tecuapetla Ríos|Bernardo Canul Ortega|Carlota Ibáñez Luna|Darío Xochihua Vega|Elena Bautista Mora|Fermín Pech Salas|Graciela Núñez Ek’|Horacio Tun Medina|Inés Cuautle Rojas|Joaquín Ucán Solís|Karina Matus Orozco|Leonel Huaroco Prieto|Maura Chan Olvera|Nahúm Cituk Barrera|Ofelia Tzec Robledo",
);

function words(text: string): readonly string[] {
  return text.split(/[|\n]/).flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}
