-- For wrk: every write is 16 requests.  wrk counts what the server answers.
local batch

init = function()
  batch = string.rep(wrk.format(), 16)
end

request = function()
  return batch
end
