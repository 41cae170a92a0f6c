using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>Writes the task assembly of a band: classes that declare the band's parameters.</summary>
internal static class BandAssembly
{
    public const string Name = "Microsoft.NET.Build.Containers";

    private const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig;

    public static void Save(Band band, string path)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(Name);
        foreach (BandTask task in new BandTaskSet(band).All)
        {
            DefineTask(module, task);
        }

        if (band.HasTelemetry)
        {
            // The SDK's class with this name raises the events.
            module.DefineType($"{Name}.Telemetry").CreateType();
        }

        assembly.Save(path);
    }

    private static void DefineTask(ModuleBuilder module, BandTask task)
    {
        TypeBuilder type = module.DefineType($"{Name}.Tasks.{task.Name}", TypeAttributes.Public | TypeAttributes.Class, task.Base);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        foreach (BandParameter input in task.Inputs)
        {
            PropertyBuilder property = DefineProperty(type, input);
            if (input.IsRequired)
            {
                Mark(property, typeof(RequiredAttribute));
            }
        }

        foreach (BandParameter output in task.Outputs)
        {
            Mark(DefineProperty(type, output), typeof(OutputAttribute));
        }

        type.CreateType();
    }

    private static PropertyBuilder DefineProperty(TypeBuilder type, BandParameter parameter)
    {
        FieldBuilder field = type.DefineField("_" + parameter.Name, parameter.Type, FieldAttributes.Private);
        MethodBuilder getter = type.DefineMethod("get_" + parameter.Name, Accessor, parameter.Type, []);
        ILGenerator code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);

        MethodBuilder setter = type.DefineMethod("set_" + parameter.Name, Accessor, null, [parameter.Type]);
        code = setter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, field);
        code.Emit(OpCodes.Ret);

        PropertyBuilder property = type.DefineProperty(parameter.Name, PropertyAttributes.None, parameter.Type, []);
        property.SetGetMethod(getter);
        property.SetSetMethod(setter);
        return property;
    }

    private static void Mark(PropertyBuilder property, Type attribute) =>
        property.SetCustomAttribute(new CustomAttributeBuilder(attribute.GetConstructor([])!, []));
}
