/** Names in metric_counters. Of a duration there are NAME_bucket, not cumulative, its bound among the labels, and NAME_sum. */
export const HTTP_REQUESTS = "http_requests";
export const HTTP_SECONDS = "http_request_seconds";
export const ONLINE_READ_SECONDS = "online_read_seconds";
