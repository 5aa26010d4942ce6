import { single } from './call/shapes.js';
import { type Call, webFunction } from './call/web-function.js';

/** Release names and numbers by version; the builds are made up. */
const RELEASES = {
  '4.1': { release: '4.1+ (Build: 20230127)', version: '2022112800.06' },
  '4.5': { release: '4.5+ (Build: 20241018)', version: '2024100700.02' },
  '5.1': { release: '5.1+ (Build: 20251017)', version: '2025100600.02' },
} as const;

/** `core_webservice_get_site_info`: works without any capability but `webservice/rest:use`. */
export function siteInfoFunction() {
  return webFunction('core_webservice_get_site_info', 'reads', single({}), (_, call) => siteInfo(call));
}

function siteInfo({ user, site, settings, wwwroot }: Call) {
  const { release, version } = RELEASES[settings.version];
  return {
    sitename: settings.siteName,
    username: user.username,
    firstname: user.firstname,
    lastname: user.lastname,
    fullname: `${user.firstname} ${user.lastname}`,
    lang: user.lang || settings.lang,
    userid: user.id,
    siteurl: wwwroot,
    userpictureurl: `${wwwroot}/theme/image.php/boost/core/1/u/f1`,
    functions: settings.functions.map((name) => ({ name, version })),
    downloadfiles: 0,
    uploadfiles: 0,
    release,
    version,
    mobilecssurl: '',
    advancedfeatures: [],
    usercanmanageownfiles: true,
    userquota: 0,
    usermaxuploadfilesize: -1,
    userhomepage: 1,
    // A secret: a client must never log it.
    userprivateaccesskey: 'sandbox-private-access-key',
    siteid: 1,
    sitecalendartype: 'gregorian',
    usercalendartype: user.calendartype,
    userissiteadmin: site.admins.has(user.id),
    theme: user.theme || 'boost',
  };
}
