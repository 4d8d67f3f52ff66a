import { AppError } from "../../errors.ts";

/**
 * Factors a symmetric positive definite matrix (row-major, `size` x `size`, lower triangle read) once, A = L L^T, and gives the function
 * that solves A x = b. Deterministic: no pivoting. Throws invalid_request when A is not positive definite.
 */
export function choleskySolver(matrix: Float64Array, size: number): (b: Float64Array) => Float64Array {
  const lower = factor(matrix, size);
  return (b) => {
    const x = Float64Array.from(b);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
      x[i]! /= lower[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
      x[i]! /= lower[i * size + i]!;
    }
    return x;
  };
}

function factor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) value -= lower[row * size + k]! * lower[column * size + k]!;
      if (row !== column) lower[row * size + column] = value / lower[column * size + column]!;
      else if (value > 0) lower[row * size + row] = Math.sqrt(value);
      else throw new AppError("invalid_request", `Cholesky: the matrix is not positive definite at row ${row}.`);
    }
  }
  return lower;
}
