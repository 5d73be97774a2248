import {Buffer} from 'node:buffer';
import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomUUID,
	webcrypto,
} from 'node:crypto';
// The X.509 package resolves its codecs through a container that needs this polyfill first.
import 'reflect-metadata'; // eslint-disable-line import-x/no-unassigned-import -- a polyfill has nothing to assign
import * as x509 from '@peculiar/x509';

/**
A certificate and its private key, both PEM.
*/
export type KeyPair = Readonly<{certificate: string; key: string}>;

/**
What a certificate is issued for; `hosts` are DNS names and IP addresses.
*/
export type CertificateRequest = Readonly<{
	commonName: string;
	/**
	Kubernetes reads the groups of a client certificate from its organizations.
	*/
	organizations?: readonly string[];
	hosts?: readonly string[];
	/**
	@default 'server'
	*/
	usage?: 'server' | 'client';
	/**
	@default an hour ago
	*/
	notBefore?: Date;
	/**
	@default a year from now; a time in the past makes an expired certificate
	*/
	notAfter?: Date;
}>;

/**
An authority made for one run: it lives in memory, nothing outside the run trusts it.
*/
export type CertificateAuthority = Readonly<{
	/**
	PEM, for `certificate-authority-data` and `caBundle`.
	*/
	certificate: string;
	issue(request: CertificateRequest): Promise<KeyPair>;
}>;

const algorithm = {
	name: 'ECDSA',
	namedCurve: 'P-256',
	hash: 'SHA-256',
} as const;
const hour = 3_600_000;
const year = 365 * 24 * hour;

// Kubernetes is Go, and Go wants a positive serial number of at most 20 bytes.
const serialNumber = () => `01${randomUUID().replaceAll('-', '')}`;

const generateKeys = async () =>
	webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const exportKey = async (key: webcrypto.CryptoKey): Promise<string> => {
	const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
	return createPrivateKey({key: der, format: 'der', type: 'pkcs8'})
		.export({type: 'pkcs8', format: 'pem'})
		.toString();
};

const isAddress = (host: string): boolean => /^[\d.]+$|:/v.test(host);

const distinguishedName = (
	commonName: string,
	organizations: readonly string[],
): x509.JsonName => [
	...organizations.map((organization) => ({O: [organization]})),
	{CN: [commonName]},
];

/**
Makes a certificate authority with an ECDSA P-256 key.

Its certificates are accepted by Go (kube-apiserver, kubectl) and by Node: subject alternative names, key usages and
serial numbers are set as both demand.
*/
export const createCertificateAuthority = async (
	commonName = 'liqoscope sandbox',
): Promise<CertificateAuthority> => {
	x509.cryptoProvider.set(
		webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0],
	);
	const authorityKeys = await generateKeys();
	const authority = await x509.X509CertificateGenerator.createSelfSigned({
		name: [{CN: [commonName]}],
		serialNumber: serialNumber(),
		notBefore: new Date(Date.now() - hour),
		notAfter: new Date(Date.now() + year),
		keys: authorityKeys,
		signingAlgorithm: algorithm,
		extensions: [
			new x509.BasicConstraintsExtension(true, undefined, true),
			new x509.KeyUsagesExtension(
				x509.KeyUsageFlags.keyCertSign + x509.KeyUsageFlags.cRLSign,
				true,
			),
			await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
		],
	});

	const issue = async (request: CertificateRequest): Promise<KeyPair> => {
		const keys = await generateKeys();
		const usage =
			request.usage === 'client'
				? x509.ExtendedKeyUsage.clientAuth
				: x509.ExtendedKeyUsage.serverAuth;
		const certificate = await x509.X509CertificateGenerator.create({
			subject: distinguishedName(
				request.commonName,
				request.organizations ?? [],
			),
			issuer: authority.subject,
			serialNumber: serialNumber(),
			notBefore: request.notBefore ?? new Date(Date.now() - hour),
			notAfter: request.notAfter ?? new Date(Date.now() + year),
			publicKey: keys.publicKey,
			signingKey: authorityKeys.privateKey,
			signingAlgorithm: algorithm,
			extensions: [
				new x509.BasicConstraintsExtension(false, undefined, true),
				new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
				new x509.ExtendedKeyUsageExtension([usage]),
				...(request.hosts === undefined
					? []
					: [
							new x509.SubjectAlternativeNameExtension(
								request.hosts.map((value) => ({
									type: isAddress(value) ? 'ip' : 'dns',
									value,
								})),
							),
						]),
			],
		});
		return {
			certificate: certificate.toString('pem'),
			key: await exportKey(keys.privateKey),
		};
	};

	return {certificate: authority.toString('pem'), issue};
};

/**
A key pair for signing service account tokens: PEM, ECDSA P-256.
*/
export const createSigningKeys = (): Readonly<{
	publicKey: string;
	privateKey: string;
}> => {
	const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	return {
		privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		publicKey: createPublicKey(privateKey)
			.export({type: 'spki', format: 'pem'})
			.toString(),
	};
};
