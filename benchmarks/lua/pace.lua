-- Makes each connection wait between two requests, BENCH_PAUSE ms on average, so that they come as from readers: at their own pace.
local pause = tonumber(os.getenv("BENCH_PAUSE") or "")
if pause then
  function delay() return math.random(0, 2 * pause) end
end
