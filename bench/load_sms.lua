-- Load generator script for wrk: telephones of a file send their code, each message under a name of its own.
local lines = {}
local sent = 0
function init(args)
  for line in io.lines(os.getenv("BENCH_BODIES")) do lines[#lines + 1] = line end
  math.randomseed(os.time())
  wrk.method = "POST"
  wrk.headers["Content-Type"] = 'text/plain; charset="UTF-8"'
  wrk.headers["Authorization"] = "Basic " .. os.getenv("BENCH_TOKEN")
  wrk.headers["X-Kannel-To"] = "1420"
end
function request()
  sent = sent + 1
  local sender, code = lines[math.random(#lines)]:match("(%S+) (%S+)")
  wrk.headers["X-Kannel-From"] = sender
  return wrk.format(nil, "/sms/messages?id=" .. os.getenv("BENCH_RUN") .. "-" .. sent, nil, code)
end
