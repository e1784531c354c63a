-- Time in slots of BENCH_SLOT seconds, the same for all processes: slot() is the number of the present one, with what of it is over.
local length = tonumber(os.getenv("BENCH_SLOT"))
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int clock, moment *found);")
local MONOTONIC, found = 1, ffi.new("moment")

function slot()
  ffi.C.clock_gettime(MONOTONIC, found)
  return (tonumber(found.seconds) + tonumber(found.nanoseconds) / 1e9) / length
end
