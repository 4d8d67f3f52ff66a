/** What the database's schema has become. */
export interface SchemaProbe {
  /** The moments (epoch ms) of the migrations that it has had, by which they are known. */
  applied(): Promise<readonly number[]>;
}
