import koffi from "koffi";

/** An opaque handle of the C API: koffi 3 gives pointers as BigInt. */
export type Handle = bigint;

/** An out-parameter: koffi writes the value into the one element. */
export type Out<T> = [T];
export const outHandle = (): Out<Handle | null> => [null];
export const outNumber = (): Out<number> => [0];
export const outText = (): Out<string | null> => [null];

/** The calls that training needs. Each returns 0, or another number after setting a thread-local error text. */
export interface CApi {
  XGBoostVersion(major: Out<number>, minor: Out<number>, patch: Out<number>): void;
  XGBuildInfo(json: Out<string | null>): number;
  XGBGetLastError(): string;
  XGDMatrixCreateFromMat(data: Float32Array, rows: number, columns: number, missing: number, matrix: Out<Handle | null>): number;
  XGDMatrixSetFloatInfo(matrix: Handle, field: string, values: Float32Array, length: number): number;
  XGDMatrixFree(matrix: Handle): number;
  XGBoosterCreate(matrices: readonly Handle[], length: number, booster: Out<Handle | null>): number;
  XGBoosterFree(booster: Handle): number;
  XGBoosterSetParam(booster: Handle, name: string, value: string): number;
  XGBoosterSetStrFeatureInfo(booster: Handle, field: string, values: readonly string[], length: number): number;
  XGBoosterUpdateOneIter(booster: Handle, iteration: number, matrix: Handle): number;
  XGBoosterPredictFromDMatrix(
    booster: Handle,
    matrix: Handle,
    config: string,
    shape: Out<Handle | null>,
    dimensions: Out<number>,
    result: Out<Handle | null>,
  ): number;
  XGBoosterLoadModelFromBuffer(booster: Handle, bytes: Uint8Array, length: number): number;
  XGBoosterSaveModelToBuffer(booster: Handle, config: string, length: Out<number>, bytes: Out<Handle | null>): number;
  XGBoosterSaveJsonConfig(booster: Handle, length: Out<number>, json: Out<string | null>): number;
  XGBoosterFeatureScore(
    booster: Handle,
    config: string,
    count: Out<number>,
    names: Out<Handle | null>,
    dimensions: Out<number>,
    shape: Out<Handle | null>,
    scores: Out<Handle | null>,
  ): number;
}

const PROTOTYPES: Readonly<Record<keyof CApi, string>> = {
  XGBoostVersion: "void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)",
  XGBuildInfo: "int XGBuildInfo(_Out_ const char **out)",
  XGBGetLastError: "const char *XGBGetLastError()",
  XGDMatrixCreateFromMat: "int XGDMatrixCreateFromMat(const float *data, uint64_t nrow, uint64_t ncol, float missing, _Out_ void **out)",
  XGDMatrixSetFloatInfo: "int XGDMatrixSetFloatInfo(void *handle, const char *field, const float *array, uint64_t len)",
  XGDMatrixFree: "int XGDMatrixFree(void *handle)",
  XGBoosterCreate: "int XGBoosterCreate(void **dmats, uint64_t len, _Out_ void **out)",
  XGBoosterFree: "int XGBoosterFree(void *handle)",
  XGBoosterSetParam: "int XGBoosterSetParam(void *handle, const char *name, const char *value)",
  XGBoosterSetStrFeatureInfo: "int XGBoosterSetStrFeatureInfo(void *handle, const char *field, const char **features, uint64_t size)",
  XGBoosterUpdateOneIter: "int XGBoosterUpdateOneIter(void *handle, int iter, void *dtrain)",
  XGBoosterPredictFromDMatrix:
    "int XGBoosterPredictFromDMatrix(void *handle, void *dmat, const char *config, _Out_ void **shape, _Out_ uint64_t *dim, _Out_ void **result)",
  XGBoosterLoadModelFromBuffer: "int XGBoosterLoadModelFromBuffer(void *handle, const void *buf, uint64_t len)",
  XGBoosterSaveModelToBuffer: "int XGBoosterSaveModelToBuffer(void *handle, const char *config, _Out_ uint64_t *len, _Out_ void **bytes)",
  XGBoosterSaveJsonConfig: "int XGBoosterSaveJsonConfig(void *handle, _Out_ uint64_t *len, _Out_ const char **json)",
  XGBoosterFeatureScore:
    "int XGBoosterFeatureScore(void *handle, const char *config, _Out_ uint64_t *count, _Out_ void **names, _Out_ uint64_t *dim, _Out_ void **shape, _Out_ void **scores)",
};

/** Opens the shared library and binds every call. Throws koffi's error when a file or a symbol is missing. */
export function loadCApi(path: string): CApi {
  const library = koffi.load(path);
  const calls = Object.entries(PROTOTYPES).map(([name, prototype]) => [name, library.func(prototype)]);
  return Object.fromEntries(calls) as unknown as CApi;
}
