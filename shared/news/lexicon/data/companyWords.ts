/**
 * What companies put behind their own word: legal forms, and the trades that names end in. Behind a capitalised word that may also be a verb
 * of movement ("Expand", "Surge", "Vault"), they make it a name.
 */
export const COMPANY_WORDS: ReadonlySet<string> = new Set(
  `inc incorporated corp corporation co company companies ltd limited plc llc holdings holding group
   lab labs energy pharma pharmaceutical pharmaceuticals therapeutics biotech bio biosciences medical health healthcare
   technology technologies tech systems software networks network robotics semiconductor semiconductors
   capital financial bancorp bank partners ventures acquisition trust reit realty properties
   industries resources minerals mining metals petroleum materials chemicals foods brands motors airlines airways logistics
   media entertainment interactive games studios solutions services international communications aerospace`
    .trim()
    .split(/\s+/),
);
