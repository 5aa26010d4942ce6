// Loaded into the command before anything else: ends the process at a commit of its state file, without a word. Which
// commit, counted from 1, and whether right before or right after it, stands in KILL_AT_COMMIT, such as `after 12`.
import Sqlite from 'better-sqlite3';

const [moment, place] = (process.env.KILL_AT_COMMIT ?? '').split(' ');
let commits = 0;

/** Runs what commits; the process may end on the way. */
function commit(work) {
  commits += 1;
  const isPlace = commits === Number(place);
  if (isPlace && moment === 'before') process.kill(process.pid, 'SIGKILL');
  const result = work();
  if (isPlace && moment === 'after') process.kill(process.pid, 'SIGKILL');
  return result;
}

const { pragma, prepare } = Sqlite.prototype;
const { run, get } = Object.getPrototypeOf(new Sqlite(':memory:').prepare('SELECT 1'));

/** What changes with every write: rows for one, tables and indexes for the other. */
const written = (database) =>
  get.call(
    prepare.call(database, `SELECT total_changes() || ' ' || schema_version AS written FROM pragma_schema_version`),
  ).written;
const isState = ({ name }) => name.endsWith('.db');
const atBegin = new WeakMap();

Object.getPrototypeOf(new Sqlite(':memory:').prepare('SELECT 1')).run = function (...parameters) {
  const work = () => run.apply(this, parameters);
  const { source, database } = this;
  if (!isState(database)) return work();
  if (source.startsWith('BEGIN')) {
    const result = work();
    atBegin.set(database, written(database));
    return result;
  }
  if (source === 'COMMIT') return written(database) === atBegin.get(database) ? work() : commit(work);
  return database.inTransaction ? work() : commit(work);
};

Sqlite.prototype.pragma = function (source, options) {
  const work = () => pragma.call(this, source, options);
  return isState(this) && /^journal_mode *=/.test(source) ? commit(work) : work();
};
