/** By what a list is sorted. `Field` names what its rows show. */
export interface Order<Field extends string> {
  readonly field: Field;
  readonly is_descending: boolean;
}
