import { Link } from '@tanstack/react-router';
import { change, number } from '../../../texts/format.ts';
import { movementsTexts } from '../../../texts/movements.ts';
import type { Movement } from '../movement.ts';
import classes from './movement-page.module.css';

const texts = movementsTexts.details;

/** All that a movement changed: at most 1,000 lines. */
export function MovementLines({ lines }: Pick<Movement, 'lines'>) {
  const hasReasons = lines.some(({ reason }) => reason);
  return (
    <div className={classes.scroll} role="region" aria-label={texts.lines(lines.length)} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{texts.item}</th>
            <th scope="col">{texts.location}</th>
            <th scope="col" className={classes.number}>
              {texts.change}
            </th>
            <th scope="col" className={classes.number}>
              {texts.after}
            </th>
            {hasReasons && <th scope="col">{texts.reason}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ item, location, delta, onHandAfter, reason }, index) => (
            <tr key={index}>
              <td>
                <Link to="/items/$itemId" params={{ itemId: item.id }} className={classes.link}>
                  {item.name}
                </Link>
                <div className={classes.sku}>{item.sku}</div>
              </td>
              <td>
                <Link to="/locations/$locationId" params={{ locationId: location.id }} className={classes.link}>
                  {location.code}
                </Link>
              </td>
              <td className={`${classes.number} ${delta < 0 ? classes.down : delta > 0 ? classes.up : ''}`}>
                {change(delta)}
              </td>
              <td className={classes.number}>{number(onHandAfter)}</td>
              {hasReasons && <td>{reason}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
