-- Reads the address of rank k as often as 1/k says. The file's first line has rank 1.
-- What is asked for is drawn before the clock runs, so that a long list costs the load no more than a short one.
dofile(os.getenv("BENCH_LUA") .. "/tell.lua")
local DRAWN = 400000
local drawn, place = {}, 0

function init(args)
  local lines, sums, sum = {}, {}, 0
  for line in io.lines(args[1]) do
    lines[#lines + 1] = line
    sum = sum + 1 / #lines
    sums[#lines] = sum
  end
  math.randomseed(tonumber(args[2] or "1"))
  local formatted = {}
  for number = 1, DRAWN do
    local wanted, low, high = math.random() * sum, 1, #sums
    while low < high do
      local middle = math.floor((low + high) / 2)
      if sums[middle] < wanted then low = middle + 1 else high = middle end
    end
    formatted[low] = formatted[low] or wrk.format("GET", lines[low])
    drawn[number] = formatted[low]
  end
end

function request()
  place = place % DRAWN + 1
  return drawn[place]
end
