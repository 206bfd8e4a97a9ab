package io.ostiary.core;

/** Whose word the address of a call's peer is. */
public enum PeerSource {
  /** The socket's own: nobody has touched it. */
  SOCKET,
  /** The server has put in its place what a forwarding header said, and the socket's is out of reach. */
  HEADER,
  /** The server may have done so; there is nothing that would tell. */
  UNSURE
}
