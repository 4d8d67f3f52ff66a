/** What of ECharts is used here, as one chunk that is loaded with the first such chart. A further kind of chart is a line. */
import { BarChart, CandlestickChart, CustomChart, GaugeChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, CandlestickChart, CustomChart, GaugeChart, HeatmapChart, LineChart, ScatterChart]);
use([GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent]);
use([CanvasRenderer]);

export { init };
