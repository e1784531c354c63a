-- Reads the addresses of a file one after another, round and round.
dofile(os.getenv("BENCH_LUA") .. "/tell.lua")
dofile(os.getenv("BENCH_LUA") .. "/pace.lua")
local lines, place, host = {}, 0, ""

function init(args)
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  math.randomseed(tonumber(args[2] or "1"))
  place = math.random(#lines)
  if #lines <= 100000 then
    for number, line in ipairs(lines) do lines[number] = wrk.format("GET", line) end
  else
    request = function() place = place % #lines + 1 return wrk.format("GET", lines[place]) end
  end
end

function request()
  place = place % #lines + 1
  return lines[place]
end
