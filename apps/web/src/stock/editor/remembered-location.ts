import { useUser } from '../../session/session.ts';

const keyOf = (userId: string): string => `stockroom.location.${userId}`;

/** Where the person booked last on this device: the next movement is likely to be there, too. */
export function useRememberedLocation(): { location: string; remember: (location: string) => void } {
  const { id } = useUser();
  return {
    location: localStorage.getItem(keyOf(id)) ?? '',
    remember: (location) => localStorage.setItem(keyOf(id), location),
  };
}
