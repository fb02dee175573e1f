/** Times in Jakarta, sizes and names, in Indonesian. */

const ZONE = "Asia/Jakarta";
const clock = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

const ROLES = { employee: "Pegawai", pegawai: "Pegawai", supervisor: "Atasan", atasan: "Atasan", hr: "Petugas HR", "petugas hr": "Petugas HR" };

export const timeOf = (seconds) => clock.format(seconds * 1000);
export const secondOf = (seconds) => clockWithSeconds.format(seconds * 1000);
export const dayKeyOf = (seconds) => dayKey.format(seconds * 1000);

export function dayOf(seconds) {
  const key = dayKeyOf(seconds);
  const now = Date.now();
  if (key === dayKey.format(now)) return "Hari ini";
  if (key === dayKey.format(now - 86_400_000)) return "Kemarin";
  return day.format(seconds * 1000);
}

export const dateTimeOf = (date) => `${day.format(date)}, pukul ${clock.format(date)} WIB`;
export const dateOf = (date) => day.format(date);

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toLocaleString("id-ID", { maximumFractionDigits: 1 })} MB`;
}

export function roleOf(role) {
  return ROLES[role.toLowerCase()] ?? (role ? role[0].toUpperCase() + role.slice(1) : "Lainnya");
}

export function initialsOf(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}
