/** Lua: `time`, milliseconds by Redis' clock, as text; a number joined to text would lose digits beyond the 14th. */
export const NOW = `
  local clock = redis.call('TIME')
  local time = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
`;
