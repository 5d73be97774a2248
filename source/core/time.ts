const rfc3339 =
	/^(?<date>\d{4}-\d{2}-\d{2})[ t](?<time>\d{2}:\d{2}:\d{2})(?<fraction>\.\d+)?(?<zone>z|[+\-]\d{2}:\d{2})$/iv;

/**
Milliseconds since the epoch of an RFC 3339 time; absent for anything else.
*/
export const parseTime = (text: string | undefined): number | undefined => {
	const groups = text === undefined ? undefined : rfc3339.exec(text)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const {date = '', time = '', fraction = '', zone = ''} = groups;
	const milliseconds = Date.parse(
		`${date}T${time}${fraction.slice(0, 4)}${zone.toUpperCase()}`,
	);
	return Number.isNaN(milliseconds) ? undefined : milliseconds;
};

/**
RFC 3339 in seconds, as Kubernetes writes times.
*/
export const formatTime = (milliseconds: number): string =>
	new Date(milliseconds).toISOString().replace(/\.\d+Z$/v, 'Z');

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const twoUnits = (
	major: number,
	majorUnit: string,
	minor: number,
	minorUnit: string,
): string =>
	minor === 0
		? `${major}${majorUnit}`
		: `${major}${majorUnit}${minor}${minorUnit}`;

/**
A duration in seconds the way kubectl prints ages: two units while the smaller one matters, else one
(Kubernetes: HumanDuration in apimachinery's duration package).
*/
export const formatDuration = (seconds: number): string => {
	const whole = Math.trunc(seconds);
	if (whole < -1) {
		return '<invalid>';
	}

	if (whole < 0) {
		return '0s';
	}

	if (whole < 2 * minute) {
		return `${whole}s`;
	}

	const minutes = Math.trunc(whole / minute);
	if (minutes < 10) {
		return twoUnits(minutes, 'm', whole % minute, 's');
	}

	if (minutes < 3 * 60) {
		return `${minutes}m`;
	}

	const hours = Math.trunc(whole / hour);
	if (hours < 8) {
		return twoUnits(hours, 'h', minutes % 60, 'm');
	}

	if (hours < 48) {
		return `${hours}h`;
	}

	const days = Math.trunc(whole / day);
	if (hours < 8 * 24) {
		return twoUnits(days, 'd', hours % 24, 'h');
	}

	if (days < 2 * 365) {
		return `${days}d`;
	}

	const years = Math.trunc(whole / year);
	return years < 8 ? twoUnits(years, 'y', days % 365, 'd') : `${years}y`;
};

/**
Age of something made at an RFC 3339 time, as kubectl's AGE column; `<unknown>` without a readable time.
*/
export const formatAge = (created: string | undefined, now: number): string => {
	const time = parseTime(created);
	return time === undefined ? '<unknown>' : formatDuration((now - time) / 1000);
};
