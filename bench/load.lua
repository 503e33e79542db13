-- Load generator script for wrk: random bodies from a file, a bearer token from the environment; with BENCH_KEYS each
-- request has an Idempotency-Key that begins so and was never used.
local keys, sent = os.getenv("BENCH_KEYS"), 0
local bodies = {}
local function read()
  for line in io.lines(os.getenv("BENCH_BODIES")) do bodies[#bodies + 1] = line end
end
function init(args)
  read()
  math.randomseed(os.time())
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end
function request()
  if keys then
    sent = sent + 1
    wrk.headers["Idempotency-Key"] = keys .. sent
  end
  return wrk.format(nil, nil, nil, bodies[math.random(#bodies)])
end
