/**
 * What ffmpeg may open. A playlist or an image sequence that calls itself .mp3 would make it read other files, and a
 * video decoder is the likeliest way in for hostile input: so demuxers, decoders and protocols are named one by one.
 */
const DEMUXERS = [
  'aac,ac3,aiff,amr,ape,asf,au,caf,dsf,dts,dtshd,eac3,flac,iff,matroska,mlp,mov,mp3,mpc,mpc8,ogg,oma,shn,tak',
  'truehd,tta,voc,w64,wav,wv,xwma',
].join(',');

const PCM = ['s16', 's24', 's32', 's64', 'f32', 'f64', 'u16', 'u24', 'u32'].flatMap((format) => [
  `pcm_${format}le`,
  `pcm_${format}be`,
]);

const DECODERS = [
  ...PCM,
  'pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_yamaha',
  'mp1,mp1float,mp2,mp2float,mp3,mp3float,mp3adu,mp3adufloat,mp3on4,mp3on4float,aac,aac_latm,alac,als,flac',
  'vorbis,libvorbis,opus,libopus,speex,libspeex,ape,wavpack,tta,tak,shorten,mpc7,mpc8,wmav1,wmav2,wmapro',
  'wmalossless,wmavoice,ac3,eac3,dca,mlp,truehd,amrnb,amrwb,atrac3,atrac3al,atrac3plus,atrac3plusal,gsm,gsm_ms',
  'dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar,dst',
].join(',');

const ALLOW_LISTS: readonly string[] = [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  DEMUXERS,
  '-codec_whitelist',
  DECODERS,
];

/** A cover in a tag is a video stream to ffmpeg: none but audio is ever read. */
export const INPUT_ARGS: readonly string[] = [...ALLOW_LISTS, '-vn', '-sn', '-dn'];

/**
 * ffprobe gives up on a file when it may not open the decoder of each stream, a cover's too. So it may open these,
 * yet never feeds them a byte: while it looks into the file, the list without a letter holds for all streams.
 */
export const PROBE_INPUT_ARGS: readonly string[] = [
  ...ALLOW_LISTS,
  '-codec_whitelist:v',
  'png,mjpeg,bmp,gif,webp,tiff',
  '-codec_whitelist:s',
  'mov_text,text',
];

/** Without `file:` a name such as `concat:a.wav` would choose a protocol. */
export const inputUrl = (path: string): string => `file:${path}`;
