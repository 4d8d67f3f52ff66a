/** Of a version without evaluation.json: it came from elsewhere, or its files were deleted. */
export const NOT_EVALUATED =
  "There is no evaluation of this version: it was trained elsewhere and registered by a client of MLflow, or its files are no longer kept.";
