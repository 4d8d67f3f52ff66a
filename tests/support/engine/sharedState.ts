import ts from "typescript";

export interface SharedState {
  readonly name: string;
  /** promise: others may wait for it. count, places: somebody who has one must give it back. */
  readonly kind: "promise" | "count" | "places";
}

const WAITS = /\b(Promise|PromiseLike|PromiseWithResolvers|withResolvers|promiseLimit|pLimit|pQueue|Semaphore|Mutex)\b/;

/**
 * Variables of a source file that outlive one event of the Workers runtime and that events could wait for, or hold a place in: those of the
 * module, and those of a function that returns functions, which all events of an isolate then share. By the text alone: a type of
 * another file is not looked into.
 */
export function findSharedState(path: string, text: string): readonly SharedState[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const types = new Map(
    file.statements
      .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      .map((node) => [node.name.text, textOutsideFunctions(node)]),
  );
  return [file, ...factoriesIn(file)].flatMap((scope) => variablesOf(scope).flatMap((variable) => kindOf(variable, scope, types) ?? []));
}

function kindOf(variable: ts.VariableDeclaration, scope: ts.Node, types: ReadonlyMap<string, string>): SharedState | null {
  const name = variable.name.getText();
  const { initializer } = variable;
  // An awaited promise has settled.
  const value = initializer && !ts.isAwaitExpression(initializer) ? textOutsideFunctions(initializer) : "";
  const declared = `${variable.type ? textOutsideFunctions(variable.type) : ""} ${value}`;
  const used = scope.getText();
  const has = (pattern: string) => new RegExp(pattern.replaceAll("NAME", name)).test(used);
  if (WAITS.test(declared) || [...types].some(([type, body]) => new RegExp(`\\b${type}\\b`).test(declared) && WAITS.test(body)))
    return { name, kind: "promise" };
  if (has("\\bNAME(\\+\\+|\\s*\\+=\\s*1\\b)|\\+\\+NAME\\b") && has("\\bNAME(--|\\s*-=\\s*1\\b)|--NAME\\b")) return { name, kind: "count" };
  if (has("\\bNAME\\.(add|set|push)\\(") && has("\\bNAME\\.(delete|splice|shift|pop)\\(")) return { name, kind: "places" };
  return null;
}

const FUNCTIONS = [ts.isArrowFunction, ts.isFunctionExpression, ts.isMethodDeclaration, ts.isFunctionTypeNode, ts.isMethodSignature];

/** A function is no state, whatever it returns. */
function textOutsideFunctions(node: ts.Node): string {
  if (FUNCTIONS.some((isOne) => isOne(node))) return "";
  const parts = node.getChildren();
  return parts.length === 0 ? node.getText() : parts.map(textOutsideFunctions).join(" ");
}

type Factory = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** Functions that end by returning functions, or an object of them: their variables live on. */
function factoriesIn(file: ts.SourceFile): readonly ts.Block[] {
  const found: ts.Block[] = [];
  const visit = (node: ts.Node): void => {
    if (isFactory(node)) found.push(node.body as ts.Block);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isFactory(node: ts.Node): node is Factory {
  if (!(ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node))) return false;
  if (node.body === undefined || !ts.isBlock(node.body)) return false;
  return node.body.statements.some(
    (statement) => ts.isReturnStatement(statement) && statement.expression && holdsFunction(statement.expression),
  );
}

function holdsFunction(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some(
    (property) =>
      ts.isMethodDeclaration(property) ||
      ts.isGetAccessor(property) ||
      (ts.isPropertyAssignment(property) && holdsFunction(property.initializer)),
  );
}

function variablesOf(scope: ts.SourceFile | ts.Block): readonly ts.VariableDeclaration[] {
  return scope.statements.filter(ts.isVariableStatement).flatMap((statement) => [...statement.declarationList.declarations]);
}
