-- Sends the requests of a file, one a line, over and over, from a random one on.
local requests, n = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = (line:gsub('\1', '\r\n'))
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
  io.write(string.format('RESULT %d %d %d\n', summary.requests, summary.duration, failures))
end
