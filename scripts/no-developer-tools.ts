/**
Stands in the bundle for React's developer tools, which only a development build of Ink uses.
*/
const noDeveloperTools = {
	initialize() {
		throw new Error('This build has no developer tools.');
	},
};

export default noDeveloperTools;
