-- Sends the requests of a file, one a line, over and over, from a random one on.
local requests, n, pause = {}, 0, 0

function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = (line:gsub('\1', '\r\n'))
  end
  pause = tonumber(args[2])
  -- wrk asks a script that has this function before each request; without it, it never waits.
  if pause > 0 then
    delay = function()
      return math.random(0, 2 * pause)
    end
  end
  math.randomseed(os.time())
  n = math.random(#requests)
end

function request()
  n = n % #requests + 1
  return requests[n]
end

function done(summary)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format('RESULT %d %d %d %d\n', summary.requests, summary.duration, failures, errors.status))
end
