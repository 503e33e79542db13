-- Load generator script for wrk: providers' telephones walk through the menu, many dialogues side by side. Each block of
-- dialogues is taken word by word, so that the words of one are far apart and come in order.
local SIZE, WORDS = 2000, 4
local lines, sent, run = {}, 0, os.getenv("BENCH_RUN")
function init(args)
  for line in io.lines(os.getenv("BENCH_BODIES")) do lines[#lines + 1] = line end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Authorization"] = "Basic " .. os.getenv("BENCH_TOKEN")
end
function request()
  local block, within = math.floor(sent / (SIZE * WORDS)), sent % (SIZE * WORDS)
  local word, dialogue = math.floor(within / SIZE), block * SIZE + within % SIZE
  local phone, number = lines[dialogue % #lines + 1]:match("(%S+) (%S+)")
  local typed = ({ "", "2", "2*" .. number, "2*" .. number .. "*1" })[word + 1]
  sent = sent + 1
  return wrk.format(nil, nil, nil, "sessionId=" .. run .. "-" .. dialogue .. "&phoneNumber=" .. phone .. "&text=" .. typed)
end
