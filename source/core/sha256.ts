const roundConstants: readonly number[] = [
	0x42_8a_2f_98, 0x71_37_44_91, 0xb5_c0_fb_cf, 0xe9_b5_db_a5, 0x39_56_c2_5b,
	0x59_f1_11_f1, 0x92_3f_82_a4, 0xab_1c_5e_d5, 0xd8_07_aa_98, 0x12_83_5b_01,
	0x24_31_85_be, 0x55_0c_7d_c3, 0x72_be_5d_74, 0x80_de_b1_fe, 0x9b_dc_06_a7,
	0xc1_9b_f1_74, 0xe4_9b_69_c1, 0xef_be_47_86, 0x0f_c1_9d_c6, 0x24_0c_a1_cc,
	0x2d_e9_2c_6f, 0x4a_74_84_aa, 0x5c_b0_a9_dc, 0x76_f9_88_da, 0x98_3e_51_52,
	0xa8_31_c6_6d, 0xb0_03_27_c8, 0xbf_59_7f_c7, 0xc6_e0_0b_f3, 0xd5_a7_91_47,
	0x06_ca_63_51, 0x14_29_29_67, 0x27_b7_0a_85, 0x2e_1b_21_38, 0x4d_2c_6d_fc,
	0x53_38_0d_13, 0x65_0a_73_54, 0x76_6a_0a_bb, 0x81_c2_c9_2e, 0x92_72_2c_85,
	0xa2_bf_e8_a1, 0xa8_1a_66_4b, 0xc2_4b_8b_70, 0xc7_6c_51_a3, 0xd1_92_e8_19,
	0xd6_99_06_24, 0xf4_0e_35_85, 0x10_6a_a0_70, 0x19_a4_c1_16, 0x1e_37_6c_08,
	0x27_48_77_4c, 0x34_b0_bc_b5, 0x39_1c_0c_b3, 0x4e_d8_aa_4a, 0x5b_9c_ca_4f,
	0x68_2e_6f_f3, 0x74_8f_82_ee, 0x78_a5_63_6f, 0x84_c8_78_14, 0x8c_c7_02_08,
	0x90_be_ff_fa, 0xa4_50_6c_eb, 0xbe_f9_a3_f7, 0xc6_71_78_f2,
];

const utf8 = (text: string): number[] => {
	const bytes: number[] = [];
	for (const character of encodeURIComponent(text).matchAll(
		/%(?<hex>[\da-f]{2})|(?<plain>.)/giv,
	)) {
		const {hex, plain} = character.groups ?? {};
		bytes.push(
			hex === undefined
				? ((plain ?? '').codePointAt(0) ?? 0)
				: Number.parseInt(hex, 16),
		);
	}

	return bytes;
};

/* eslint-disable no-bitwise -- The algorithm is defined on bits. */
const rotate = (word: number, by: number): number =>
	(word >>> by) | (word << (32 - by));

const pad = (bytes: readonly number[]): Uint8Array => {
	const length = (((bytes.length + 8) >> 6) + 1) * 64;
	const padded = new Uint8Array(length);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	new DataView(padded.buffer).setUint32(length - 4, bytes.length * 8);
	return padded;
};

const schedule = (view: DataView, offset: number): number[] => {
	const words: number[] = [];
	for (let index = 0; index < 64; index++) {
		if (index < 16) {
			const place = index * 4;
			words.push(view.getUint32(offset + place));
			continue;
		}

		const near = words[index - 2] ?? 0;
		const far = words[index - 15] ?? 0;
		const first = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
		const second = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
		words.push(
			((words[index - 16] ?? 0) + first + (words[index - 7] ?? 0) + second) >>>
				0,
		);
	}

	return words;
};

type State = readonly [
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
];

const compress = (state: State, words: readonly number[]): State => {
	let [a, b, c, d, middle, f, g, h] = state;
	for (const [index, constant] of roundConstants.entries()) {
		const mixed = rotate(middle, 6) ^ rotate(middle, 11) ^ rotate(middle, 25);
		const choice = (middle & f) ^ (~middle & g);
		const first = (h + mixed + choice + constant + (words[index] ?? 0)) >>> 0;
		const turned = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const majority = (a & b) ^ (a & c) ^ (b & c);
		[a, b, c, d, middle, f, g, h] = [
			(first + turned + majority) >>> 0,
			a,
			b,
			c,
			(d + first) >>> 0,
			middle,
			f,
			g,
		];
	}

	return [
		(state[0] + a) >>> 0,
		(state[1] + b) >>> 0,
		(state[2] + c) >>> 0,
		(state[3] + d) >>> 0,
		(state[4] + middle) >>> 0,
		(state[5] + f) >>> 0,
		(state[6] + g) >>> 0,
		(state[7] + h) >>> 0,
	];
};
/* eslint-enable no-bitwise */

const start: State = [
	0x6a_09_e6_67, 0xbb_67_ae_85, 0x3c_6e_f3_72, 0xa5_4f_f5_3a, 0x51_0e_52_7f,
	0x9b_05_68_8c, 0x1f_83_d9_ab, 0x5b_e0_cd_19,
];

/**
SHA-256 of a text (UTF-8), in lower-case hexadecimal (FIPS 180-4). Written out because the core may not reach for Node's own.
*/
export const sha256 = (text: string): string => {
	const padded = pad(utf8(text));
	const view = new DataView(padded.buffer);
	let state = start;
	for (let offset = 0; offset < padded.length; offset += 64) {
		state = compress(state, schedule(view, offset));
	}

	return state.map((word) => word.toString(16).padStart(8, '0')).join('');
};
