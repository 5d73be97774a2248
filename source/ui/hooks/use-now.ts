import {useEffect, useRef, useState} from 'react';

/**
The time against which ages are shown. It moves on only when `look` (all that depends on it) would look different, so that an idle screen stays idle.
*/
export const useNow = (
	clock: () => number,
	look: (now: number) => string,
): number => {
	const [now, setNow] = useState(clock);
	const latest = useRef({now, look});
	useEffect(() => {
		latest.current = {now, look};
	});
	useEffect(() => {
		const timer = setInterval(() => {
			const {now: shown, look: lookNow} = latest.current;
			const next = clock();
			if (lookNow(next) !== lookNow(shown)) {
				setNow(next);
			}
		}, 1000);
		return () => {
			clearInterval(timer);
		};
	}, [clock]);
	return now;
};
