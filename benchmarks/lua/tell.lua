-- What wrk has counted, as one line of JSON; and what more(), where there is one, gives.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"statuses":%d,"faults":%d,"timeouts":%d,"p50":%.6f,"p99":%.6f,"longest":%.6f%s}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, latency.max / 1e6, more and more() or ""))
end
