// Runs @vercel/cosmosdb-server behind a server of our own that repairs what differs from Azure Cosmos DB and makes faults on
// demand. Started by CosmosServer.cs: node start.mjs CERT.pem KEY.pem; it prints "ready PORT" and ends when its input ends.
//
// Repaired: a missing item answers 404; If-None-Match answers 304; a write that asks for no body gets none; a query or write in
// one partition that names another, or none, is refused instead of answered from all of them; items over 2 MB answer 413; ids of
// resources that the client cannot find again are passed over.
// Not repaired: time to live never expires, request units are always 1, there is one physical partition, no batch and no bulk.
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { createHttpServer } = require("@vercel/cosmosdb-server");
const Items = require("@vercel/cosmosdb-server/lib/account/items.js").default;
const Databases = require("@vercel/cosmosdb-server/lib/account/databases.js").default;
const MOST_BYTES = 2 * 1024 * 1024;
const asked = new AsyncLocalStorage();
const faults = { throttle: 0, throttleShare: 0, loseAnswer: 0, loseShare: 0, race: 0, outageUntil: 0 };
const counts = { requests: 0, throttled: 0, lost: 0, raced: 0, refused: 0, bytesIn: 0, byContainer: {} };

// Items by partition, so that a query in one partition does not read all of them.
const partitions = new WeakMap();
const partitionOf = (items, key) => {
  let all = partitions.get(items);
  if (!all) partitions.set(items, (all = new Map()));
  let own = all.get(key);
  if (!own) all.set(key, (own = new Map()));
  return own;
};
const { _set: set, delete: remove, query, create, replace } = Items.prototype;
Items.prototype._set = function (data) {
  const made = set.call(this, data);
  partitionOf(this, String(this._getPartition(data))).set(data._rid, this._data.get(data._rid));
  return made;
};
Items.prototype.delete = function (id, partition) {
  const data = this._item("/id", id, partition).read();
  remove.call(this, id, partition);
  if (data) partitionOf(this, String(this._getPartition(data))).delete(data._rid);
};
Items.prototype.create = function (data) {
  guard(this, data);
  return create.call(this, data);
};
Items.prototype.replace = function (data, original) {
  guard(this, data);
  return replace.call(this, data, original);
};
Items.prototype.query = function (params, options) {
  const key = asked.getStore();
  if (key === undefined) return query.call(this, params, options);
  const field = this._getPartitionKeyPath().join(".");
  if (!params.query.includes(`.${field}`)) throw new Error(`the query has a partition key and does not name ${field}`);
  const all = this._data;
  this._data = partitionOf(this, key);
  try {
    return query.call(this, params, options);
  } finally {
    this._data = all;
  }
};
// Resource ids are base64; one with + or / (written -) in it is not found again by the client: such numbers are passed over.
const ridOf = Databases.prototype._rid;
const rids = [0];
Databases.prototype._rid = function (id) {
  for (let number = rids.at(-1) + 1; rids.length <= id; number++) {
    if (!/[-+/]/.test(ridOf.call(this, number))) rids.push(number);
  }
  return ridOf.call(this, rids[id]);
};
function guard(items, data) {
  const key = asked.getStore();
  if (key !== undefined && String(items._getPartition(data)) !== key) throw new Error(`the item's partition key is not the one of the request (${key})`);
}

// A generator with a seed, so that a run can be repeated.
let seed = 20261124;
const chance = share => share > 0 && (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648 < share;
const take = name => faults[name] > 0 && faults[name]-- > 0;

const inner = createHttpServer({ keepAlive: true });
const [cert, key] = process.argv.slice(2).map(path => readFileSync(path));
const server = createServer({ cert, key, keepAlive: true, keepAliveTimeout: 60000 }, (req, res) => {
  if (req.url.startsWith("/__faults")) return control(req, res);
  if (Date.now() < faults.outageUntil) {
    counts.refused++;
    return req.socket.destroy();
  }
  const container = /^\/dbs\/[^/]+\/colls\/([^/]+)\/docs/.exec(req.url)?.[1];
  counts.requests++;
  if (!container) return inner.emit("request", req, res);
  counts.byContainer[container] = (counts.byContainer[container] ?? 0) + 1;
  counts.bytesIn += Number(req.headers["content-length"] ?? 0);
  if (take("throttle") || chance(faults.throttleShare)) {
    counts.throttled++;
    req.resume();
    res.writeHead(429, { "x-ms-retry-after-ms": "20", "x-ms-substatus": "3200", "x-ms-request-charge": "0.4", "content-type": "application/json" });
    return res.end('{"code":"429","message":"throttled on demand"}');
  }
  if (Number(req.headers["content-length"] ?? 0) > MOST_BYTES) {
    req.resume();
    return answer(res, 413, "RequestEntityTooLarge");
  }
  const isQuery = (req.headers["content-type"] ?? "").startsWith("application/query+json");
  const isWrite = req.method !== "GET" && !isQuery;
  if (isWrite && req.headers["if-match"] && take("race")) {
    counts.raced++;
    req.resume();
    return answer(res, 412, "PreconditionFailed");
  }
  const ofItem = /\/docs\/./.test(req.url);
  const lose = isWrite && (take("loseAnswer") || chance(faults.loseShare));
  const { "if-none-match": known, prefer } = req.headers;
  if (req.method === "GET" && ofItem) req.headers["x-ms-documentdb-query-enablecrosspartition"] = "True";
  const end = res.end.bind(res);
  res.end = body => {
    if (lose) {
      counts.lost++;
      return req.socket.destroy();
    }
    if (req.method === "GET" && ofItem && known && known === res.getHeader("etag")) {
      res.statusCode = 304;
      return end();
    }
    return end(isWrite && res.statusCode < 300 && (prefer ?? "").includes("return=minimal") ? undefined : body);
  };
  const header = req.headers["x-ms-documentdb-partitionkey"];
  asked.run(header ? String(JSON.parse(header)[0]) : undefined, () => inner.emit("request", req, res));
});

function answer(res, status, code) {
  res.writeHead(status, { "content-type": "application/json", "x-ms-request-charge": "1" });
  res.end(JSON.stringify({ code, message: code }));
}

async function control(req, res) {
  let text = "";
  for await (const part of req) text += part;
  if (text) {
    const { outageMs, ...wanted } = JSON.parse(text);
    Object.assign(faults, wanted);
    if (outageMs !== undefined) faults.outageUntil = Date.now() + outageMs;
  }
  res.setHeader("content-type", "application/json");
  res.end(JSON.stringify({ ...counts, residentBytes: process.memoryUsage().rss }));
}

server.listen(0, "127.0.0.1", () => {
  inner.address = () => server.address();
  inner.emit("listening");
  console.log(`ready ${server.address().port}`);
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
