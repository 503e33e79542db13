-- Load generator script for wrk: batches of a thousand random subjects.
local batches = {}
function init(args)
  local bodies = {}
  for line in io.lines(os.getenv("BENCH_BODIES")) do bodies[#bodies + 1] = line end
  for b = 1, 50 do
    local items = {}
    for i = 1, 1000 do items[i] = bodies[math.random(#bodies)] end
    batches[b] = '{"inquiries":[' .. table.concat(items, ",") .. ']}'
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end
function request()
  return wrk.format(nil, nil, nil, batches[math.random(#batches)])
end
