namespace Benchmarks.Bench.Rows;

/// <summary>Rows that belong together.</summary>
internal interface IRowGroup
{
    /// <summary>The word that selects the group on the command line.</summary>
    string Name { get; }

    /// <summary>The rows for a number of threads.</summary>
    IEnumerable<Row> GetRows(int threads);
}
