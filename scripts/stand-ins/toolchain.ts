/** The Debian packages that make the full Node images full: compilers, version control, and headers that native modules want. */
export const toolchain: readonly string[] = [
  'autoconf', 'automake', 'bzip2', 'ca-certificates', 'curl', 'default-libmysqlclient-dev', 'dpkg-dev', 'file', 'g++', 'gcc', 'git', 'gnupg',
  'imagemagick', 'libbz2-dev', 'libc6-dev', 'libcurl4-openssl-dev', 'libdb-dev', 'libevent-dev', 'libffi-dev', 'libgdbm-dev', 'libglib2.0-dev',
  'libgmp-dev', 'libjpeg-dev', 'libkrb5-dev', 'liblzma-dev', 'libmagickcore-dev', 'libmagickwand-dev', 'libmaxminddb-dev', 'libncurses5-dev',
  'libncursesw5-dev', 'libpng-dev', 'libpq-dev', 'libreadline-dev', 'libsqlite3-dev', 'libssl-dev', 'libtool', 'libwebp-dev', 'libxml2-dev',
  'libxslt1-dev', 'libyaml-dev', 'make', 'mercurial', 'openssh-client', 'patch', 'procps', 'python3', 'subversion', 'unzip', 'wget',
  'xz-utils', 'zlib1g-dev',
];
