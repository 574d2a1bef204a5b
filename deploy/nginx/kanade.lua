-- Checks the signature of a media address in nginx itself: the rule of backend/src/streaming/signing.ts.
local ffi = require("ffi")
local lrucache = require("resty.lrucache")
local encode_base64url = require("ngx.base64").encode_base64url

-- Of the libcrypto that nginx itself is linked with.
ffi.cdef([[
const void *EVP_sha256(void);
unsigned char *SHA256(const unsigned char *text, size_t bytes, unsigned char *digest);
unsigned char *HMAC(const void *hash, const void *key, int key_bytes, const unsigned char *text, size_t bytes,
                    unsigned char *mac, unsigned int *mac_bytes);
int CRYPTO_memcmp(const void *a, const void *b, size_t bytes);
]])

-- Files are read again after this long: a revoked holder hears no more than that.
local REREAD_SECONDS = 10
-- Addresses found right: a listener asks below one until their track ends. Three quarters of a kilobyte each.
local REMEMBERED = 50000

local HEX = "[0-9a-f]"
local UUID = HEX:rep(8) .. ("%-" .. HEX:rep(4)):rep(3) .. "%-" .. HEX:rep(12)
local PREFIX = "^/media/" .. UUID .. "/$"
local PREFIX_BYTES = 44
local QUERY = "^h=([A-Za-z0-9_.-]+)&e=([0-9]+)&k=(" .. HEX:rep(8) .. ")&s=([A-Za-z0-9_-]+)$"
local MAC_CHARACTERS = 43

local digest = ffi.new("unsigned char[32]")
local found_right = assert(lrucache.new(REMEMBERED))
-- What the two files said when they were last read.
local read_at, key_text, revoked_text
local secrets, refused_until = {}, {}

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return assert(text, path)
end

-- Each line of 64 hex digits is a key, known by the name that addresses give it.
local function keys_of(text)
  local keys = {}
  for line in text:gmatch("[^\n]+") do
    if #line == 64 and not line:find("[^0-9a-f]") then
      local secret = line:gsub("..", function(byte) return string.char(tonumber(byte, 16)) end)
      local named = "kanade media key\n" .. secret
      ffi.C.SHA256(named, #named, digest)
      local name = ffi.string(digest, 4):gsub(".", function(byte) return ("%02x"):format(byte:byte()) end)
      keys[name] = secret
    end
  end
  return keys
end

-- Lines of "holder" or "holder moment": all of a holder's addresses, or those signed to expire up to a moment.
local function revocations_of(text)
  local moments = {}
  for line in text:gmatch("[^\n]+") do
    local holder, moment = line:match("^%s*(%S+)%s*(%S*)")
    if holder then moments[holder] = math.max(moments[holder] or 0, tonumber(moment) or math.huge) end
  end
  return moments
end

local function read_again(now, key_file, revoked_file)
  local keys, revoked = read(key_file), read(revoked_file)
  if keys ~= key_text or revoked ~= revoked_text then
    found_right:flush_all()
    secrets, refused_until = keys_of(keys), revocations_of(revoked)
    key_text, revoked_text = keys, revoked
  end
  read_at = now
end

local function is_revoked(holder, expires)
  -- An address that is signed in two names ends with either. A user's name alone stands for all of their sessions.
  for name in holder:gmatch("[^.]+") do
    local user = name:match("^[^_]*")
    if expires <= (refused_until[name] or -1) or expires <= (refused_until[user] or -1) then return true end
  end
  return false
end

-- The moment at which an address ends that is signed and not revoked.
local function expiry_of(prefix, query)
  local holder, expires, key, mac = query:match(QUERY)
  if not holder or #holder > 128 or #expires > 12 or #mac ~= MAC_CHARACTERS then return nil end
  if not prefix:find(PREFIX) or not secrets[key] then return nil end
  local text = table.concat({ "1", prefix, holder, expires, key }, "\n")
  ffi.C.HMAC(ffi.C.EVP_sha256(), secrets[key], #secrets[key], text, #text, digest, nil)
  local right = encode_base64url(ffi.string(digest, 32))
  if ffi.C.CRYPTO_memcmp(right, mac, MAC_CHARACTERS) ~= 0 then return nil end
  local moment = tonumber(expires)
  return not is_revoked(holder, moment) and moment or nil
end

local function check(key_file, revoked_file)
  -- What was signed is the path as it was sent, not as nginx understood it.
  local sent = ngx.var.request_uri
  local mark = sent:find("?", 1, true)
  if not mark or sent:sub(1, mark - 1) ~= ngx.var.uri then return false end
  local now = ngx.now()
  if not read_at or now - read_at >= REREAD_SECONDS or now < read_at then
    read_again(now, key_file, revoked_file)
  end
  local prefix, query = sent:sub(1, PREFIX_BYTES), sent:sub(mark + 1)
  local address = prefix .. query
  local ends = found_right:get(address)
  if not ends then
    ends = expiry_of(prefix, query)
    if not ends then return false end
    found_right:set(address, ends)
  end
  return now < ends
end

local M = {}

-- "1" lets the request through, everything else, an unreadable file too, refuses it.
function M.permitted(key_file, revoked_file)
  local ran, permitted = pcall(check, key_file, revoked_file)
  if not ran then
    -- What was known stays unknown until the files can be read.
    read_at = nil
    ngx.log(ngx.ERR, "kanade: ", permitted)
  end
  return ran and permitted and "1" or "0"
end

return M
