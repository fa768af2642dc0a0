// vis-network as pyvis ships it comes without types.
declare const vis: any;
