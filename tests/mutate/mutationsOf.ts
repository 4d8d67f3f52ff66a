import ts from "typescript";

/** One changed operator: the text [start, end) of a file becomes `replacement`. */
export interface Mutation {
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  /** Line from 1. */
  readonly line: number;
}

/** Operators whose confusion is a fault that people make: borders, signs, logic. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.PlusEqualsToken, "-="],
  [ts.SyntaxKind.MinusEqualsToken, "+="],
]);

const CALLS: Readonly<Record<string, string>> = { min: "max", max: "min", floor: "ceil", ceil: "floor", some: "every", every: "some" };

/** Every mutation of a file, in the order of its text. Types, imports and texts of messages are left alone. */
export function mutationsOf(path: string, text: string): Mutation[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const add = (node: ts.Node, replacement: string) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ start, end: node.getEnd(), original: node.getText(source), replacement, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) mutateBinary(node, add);
    if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node) {
      const other = CALLS[node.name.text];
      if (other) add(node.name, other);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node, `(${node.operand.getText(source)})`);
    if (node.kind === ts.SyntaxKind.TrueKeyword && isValue(node)) add(node, "false");
    if (node.kind === ts.SyntaxKind.FalseKeyword && isValue(node)) add(node, "true");
    if (ts.isConditionalExpression(node)) add(node.condition, `!(${node.condition.getText(source)})`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.start - b.start);
}

function mutateBinary(node: ts.BinaryExpression, add: (node: ts.Node, replacement: string) => void): void {
  const other = OPERATORS.get(node.operatorToken.kind);
  if (other === undefined) return;
  // Of texts, + joins: a minus there gives NaN, which any test sees and nobody writes.
  if (node.operatorToken.kind === ts.SyntaxKind.PlusToken && [node.left, node.right].some(isText)) return;
  if (isOrderOfUnequal(node)) return;
  add(node.operatorToken, other);
}

/** `a < b ? -1 : 1` has no answer for equal ones, so it sorts by a key that is never equal, and its border cannot matter. */
function isOrderOfUnequal({ parent }: ts.BinaryExpression): boolean {
  if (!ts.isConditionalExpression(parent)) return false;
  return [parent.whenTrue.getText(), parent.whenFalse.getText()].sort().join() === "-1,1";
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function isValue(node: ts.Node): boolean {
  return !ts.isLiteralTypeNode(node.parent);
}
