// <canvas data-chart="bar" data-table="id">: draws the table that stands behind it; a click on a bar opens the link of its row.
import { all, library, onLoad } from './dom.js';

const number = cell => Number.parseFloat(cell.dataset.value ?? cell.textContent.replace(/[^\d.,-]/g, '').replace(',', '.'));

const token = (element, name) => {
  // Chart.js reads no custom properties and no light-dark(): let the browser resolve the colour.
  const probe = document.createElement('span');
  probe.className = `chart-ink-${name}`;
  element.parentElement.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
};

const draw = async canvas => {
  const table = document.getElementById(canvas.dataset.table);
  if (!table || canvas.dataset.chartOn !== undefined) return;
  canvas.dataset.chartOn = '';
  await library('chart/chart.umd.min.js');
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].slice(1);
  let chart;
  const paint = () => {
    chart?.destroy();
    const words = token(canvas, 'words');
    const grid = token(canvas, 'grid');
    chart = new Chart(canvas, {
      type: canvas.dataset.chart || 'bar',
      data: {
        labels: rows.map(r => r.cells[0].textContent.trim()),
        datasets: heads.map((head, i) => ({
          label: head.textContent.trim(), data: rows.map(r => number(r.cells[i + 1])),
          backgroundColor: token(canvas, String(i + 1)), borderColor: token(canvas, String(i + 1)), borderRadius: 3, maxBarThickness: 36, tension: 0.25,
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        color: words,
        plugins: { legend: { display: heads.length > 1, position: 'bottom' } },
        scales: { x: { grid: { display: false }, ticks: { color: words } }, y: { beginAtZero: true, grid: { color: grid }, ticks: { color: words } } },
        onClick: (_, hits) => { const link = rows[hits[0]?.index]?.querySelector('a[href]'); if (link) location.href = link.href; },
      },
    });
  };
  paint();
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
};

onLoad(root => all(root, 'canvas[data-chart]').forEach(draw));
