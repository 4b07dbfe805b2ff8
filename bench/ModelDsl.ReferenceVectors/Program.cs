using Benchmarks.ReferenceVectors;
using Benchmarks.Torch;
using ModelDsl.TestModels;

if (args is ["training", string trainingFolder])
{
    TrainingVectors.Write(trainingFolder);
    return 0;
}

if (args is ["losses", string lossFolder])
{
    LossVectors.Write(lossFolder);
    return 0;
}

if (args is not [string folder, .. string[] words])
{
    Console.Error.WriteLine(
        "expected the folder to write to (tests/ModelDsl.Tests/Parity/vectors), and for a part of the models words of "
            + "their names; or 'training' and the folder for optimizers and schedules "
            + "(tests/ModelDsl.Runtime.Tests/Training/vectors); or 'losses' and the folder for losses with weights "
            + "of samples (tests/ModelDsl.Runtime.Tests/Kernels/vectors)");
    return 1;
}

Directory.CreateDirectory(folder);
MethodModules.Register();
foreach (Type model in typeof(MnistMlp).Assembly.GetTypes()
    .Where(type => type.IsDefined(typeof(ModelAttribute), inherit: false))
    .Where(type => words.Length == 0 || words.Any(word => type.Name.Contains(word, StringComparison.Ordinal)))
    .OrderBy(type => type.Name, StringComparer.Ordinal))
{
    if (!TorchModel.IsSupported(model))
    {
        Console.WriteLine($"{model.Name}: left out, it has a layer without a twin in libtorch");
        continue;
    }

    string path = Path.Combine(folder, $"{model.Name}.safetensors");
    Console.WriteLine(ModelVectors.TryWrite(model, path)
        ? $"{model.Name}: {new FileInfo(path).Length:#,0} bytes"
        : $"{model.Name}: left out, more than {ModelVectors.MaximumParameters} parameters");
}

return 0;
