-- As beacons.lua, in every second slot only: those whose number leaves BENCH_REST when it is halved.
dofile(os.getenv("BENCH_LUA") .. "/beacons.lua")
dofile(os.getenv("BENCH_LUA") .. "/slots.lua")
local pause, length, rest = delay, 1000 * tonumber(os.getenv("BENCH_SLOT")), tonumber(os.getenv("BENCH_REST") or "0")

function delay()
  local wait = pause()
  local due = slot() + wait / length
  if math.floor(due) % 2 ~= rest then wait = wait + math.ceil((math.floor(due) + 1 - due) * length) + pause() end
  return wait
end
