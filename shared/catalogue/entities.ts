/** What rows of features are about. */
export interface CatalogueEntity {
  readonly name: string;
  /** Column of an entity row that names it. */
  readonly join_key: string;
  readonly dtype: "string";
  readonly description: string;
}

export const INSTRUMENT_ENTITY: CatalogueEntity = {
  name: "instrument",
  join_key: "instrument",
  dtype: "string",
  description: "A currency pair in OANDA's spelling, base first: USD_SGD is the price of one US dollar in Singapore dollars.",
};

const ARTICLE_ENTITY: CatalogueEntity = {
  name: "article",
  join_key: "article_id",
  dtype: "string",
  description: "An article of the news, by the hash that GET /api/news/articles shows.",
};

export const CATALOGUE_ENTITIES: readonly CatalogueEntity[] = [INSTRUMENT_ENTITY, ARTICLE_ENTITY];
