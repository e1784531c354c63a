-- Reads the address of rank k as often as 1/k says. The file's first line has rank 1.
dofile(os.getenv("BENCH_LUA") .. "/tell.lua")
local lines, sums = {}, {}

function init(args)
  local sum = 0
  for line in io.lines(args[1]) do
    lines[#lines + 1] = line
    sum = sum + 1 / #lines
    sums[#lines] = sum
  end
  math.randomseed(tonumber(args[2] or "1"))
end

function request()
  local wanted, low, high = math.random() * sums[#sums], 1, #sums
  while low < high do
    local middle = math.floor((low + high) / 2)
    if sums[middle] < wanted then low = middle + 1 else high = middle end
  end
  return wrk.format("GET", lines[low])
end
