-- Sends the reads of a file, each once: a line is a query and the network that it comes from.
dofile(os.getenv("BENCH_LUA") .. "/tell.lua")
dofile(os.getenv("BENCH_LUA") .. "/pace.lua")
local AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
local drawn, place = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local query, network = line:match("(%S+) (%S+)")
    local headers = { ["User-Agent"] = AGENT, ["X-Forwarded-For"] = network, ["Sec-Fetch-Site"] = "same-origin" }
    drawn[#drawn + 1] = wrk.format("POST", "/-/read?" .. query, headers, "")
  end
end

function request()
  place = place + 1
  return drawn[place] or drawn[1]
end
