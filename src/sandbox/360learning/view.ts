import type { Learning360Settings } from './settings.js';
import type { CustomField, Group, IdMapping, LmsUser } from './user.js';

type Json = Readonly<Record<string, unknown>>;

/** A user as every answer shows them; what is not set is not there. */
export function userView(user: LmsUser, { showsStatus }: Pick<Learning360Settings, 'showsStatus'>): Json {
  const { id, status, writes, deletedAt, reactivatedAt, ...data } = user;
  const set = Object.entries(data).filter(([, value]) => value !== null);
  return {
    _id: id,
    ...(showsStatus ? { status } : { deleted: status === 'deleted' }),
    ...Object.fromEntries(set),
    ...(deletedAt.length > 0 && { deletedAt }),
    ...(reactivatedAt.length > 0 && { reactivatedAt }),
  };
}

export function groupView({ id, name, parentId, public: isPublic }: Group): Json {
  return { _id: id, name, public: isPublic, ...(parentId !== null && { parentId }) };
}

export function customFieldView({ id, name, type }: CustomField): Json {
  return { _id: id, name, targetType: 'users', type };
}

export function mappingView({ id, platform, targetId, value }: IdMapping): Json {
  return { _id: id, platform, targetType: 'user', targetId, value };
}
