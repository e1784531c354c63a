-- As walk.lua, and tells how many requests were sent in each eighth of a slot.
dofile(os.getenv("BENCH_LUA") .. "/walk.lua")
dofile(os.getenv("BENCH_LUA") .. "/slots.lua")
local walk, threads = request, {}
eighths = {}

function request()
  local now = math.floor(slot() * 8)
  eighths[now] = (eighths[now] or 0) + 1
  return walk()
end

function setup(thread) threads[#threads + 1] = thread end

function more()
  local told = {}
  for _, thread in ipairs(threads) do
    for eighth, count in pairs(thread:get("eighths")) do told[#told + 1] = string.format('"%d":%d', eighth, count) end
  end
  return ',"eighths":{' .. table.concat(told, ",") .. "}"
end
